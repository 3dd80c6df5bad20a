/** Given names with the short forms that stand for them; a short form may stand for several. Folded. */
const table = `
abigail abby gail
albert al bert bertie
alexander alex alec sasha sandy xander
alexandra alex sasha sandra sandy lexi
alfred al alf fred alfie
alison ali allie
amanda mandy
andrew andy drew
angela angie
anna annie anya ania
anne annie nan
anthony tony ant
antonio tony toni
barbara barb babs
benjamin ben benny benji
bernard bernie
bradley brad
cameron cam
caroline carrie carol
catherine cathy kate katie kitty cat
charles charlie chuck chas
charlotte charlie lottie
christina chris tina chrissy
christine chris tina chrissy
christopher chris topher kit
claudia claudi
cynthia cindy
daniel dan danny
david dave davy
deborah deb debbie
dennis denny
dmitri dima mitya
dominic dom nick
donald don donnie
dorothy dot dottie dolly
edward ed eddie ted teddy ned
eleanor ellie nell nora
elizabeth liz lizzie beth betty bess eliza elsie libby lisa
emily em emmy
emma em
eugene gene
evelyn eve evie
ferdinand ferdi nando
florence flo
frances fran frankie
francis frank fran
francisco paco pancho frank
franz francis
frederick fred freddie rick
gabriel gabe
george georgie
gerald gerry jerry
giovanni gianni
giuseppe beppe pino
gregory greg
guillermo memo
gwendolyn gwen
harold harry hal
helen nell nellie
henry harry hank hal
isabella izzy bella isa
ivan vanya
jacob jake
jacqueline jackie
james jim jimmy jamie
jane janie
janet jan
jason jay
jeffrey jeff
jennifer jen jenny
jeremy jerry jem
jessica jess jessie
joan joanie
johann hans
johannes hans joh
john johnny jack
jonathan jon jonny
jose pepe
josef sepp
joseph joe joey
josephine jo josie
joshua josh
judith judy
julia julie
karl charles
katherine kathy kate katie kat kitty
kathleen kathy kate katie
kenneth ken kenny
kimberly kim
laura laurie
lawrence larry laurie
leonard len lenny leo
lillian lily lil
louis lou louie
lucas luke
lucille lucy
luis lucho
madeleine maddie
madison maddie
manuel manny manolo
margaret maggie meg peggy marge greta daisy
maria mary mia
marilyn lyn
marjorie marge
martha marty
martin marty
mary molly polly
matilda tilly
matthew matt matty
maximilian max
maxwell max
megan meg
melanie mel
melissa mel missy
michael mike mick mickey mikey misha
mikhail misha
mitchell mitch
nancy nan
nathan nate
nathaniel nate nat nathan
nicholas nick nicky
nicole nicky nikki
nikolai kolya
oliver ollie
olivia liv livvy ollie
pamela pam
patricia pat patty trish tricia
patrick pat paddy rick
peter pete
philip phil pip
phillip phil pip
rachel rach
raymond ray
rebecca becky becca
richard rick ricky rich dick richie
robert rob bob bobby robbie bert
roberto beto
rodney rod
roger rodge
ronald ron ronnie
rosemary rose rosie
russell russ
samantha sam sammy
samuel sam sammy
sandra sandy
sarah sally sadie
sebastian seb bastian
sergei seryozha
sharon shaz
sophia sophie
stephanie steph stevie
stephen steve stevie
steven steve stevie
stuart stu
susan sue susie suzy
tatiana tanya
teresa terry tess
terence terry
theodore ted teddy theo
theresa terry tess tessa
thomas tom tommy
timothy tim timmy
valerie val
veronica ronnie
victor vic
victoria vicky tori
vincent vince vinnie
virginia ginny
vladimir vova volodya
walter walt wally
wilhelm willi
william will bill billy willie liam
winifred winnie
yevgeny zhenya
zachary zach zack
`;

const namesBehind: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const behind = new Map<string, Set<string>>();
  for (const line of table.trim().split('\n')) {
    const [name = '', ...short] = line.split(' ');
    for (const form of [name, ...short]) behind.set(form, (behind.get(form) ?? new Set()).add(name));
  }
  return behind;
})();

/** Whether two folded given names can stand for the same one: `bob` and `robert`, `liz` and `beth`; not `anna` and `anne`. */
export const areNicknames = (one: string, other: string): boolean => {
  const behind = namesBehind.get(one);
  const others = namesBehind.get(other);
  if (behind === undefined || others === undefined) return false;
  return [...behind].some((name) => others.has(name));
};
