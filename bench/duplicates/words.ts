const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Given names, the frequent ones first. */
export const givenNames = list(`
  james emily joshua sophie thomas jessica lachlan chloe benjamin isabella daniel georgia matthew olivia samuel
  charlotte jack emma nicholas ella william grace alexander hannah jacob sarah ryan lucy michael mia luke madison
  ethan caitlin oliver alexandra liam amy harrison abbey dylan zoe jordan holly connor ruby aidan maya cooper brianna
  noah lauren riley kayla cameron amelia hayden paige mitchell alyssa bailey natalie patrick rebecca max rachel
  zachary claire jake bethany finn imogen angus phoebe blake tara callum lily christopher annabelle isaac jasmine
  andrew eliza robert katherine edward elizabeth richard margaret anthony victoria charles stephanie joseph deborah
  henry samantha adam nicole peter pamela simon teresa david susan mario maria stefan anna kurt anne kiefer tahlia
  xavier bronte jayden kirra tristan talia brodie shelby levi keely toby ebony marcus mikayla owen tiarna`);

export const familyNames = list(`
  smith jones white brown wilson taylor clarke campbell ryan webb green matthews thomas reid morrison robinson dixon
  martin lock hall johnson miller moore mcdonald anderson harris walker king wright young evans roberts turner
  phillips parker edwards collins stewart morris murphy cook rogers morgan bell bailey cooper richardson ward
  watson brooks wood bennett gray hughes price sanders long foster ross henderson coleman jenkins perry powell
  patterson nguyen singh garcia lopez muller schmidt rossi ricci ferrari novak kowalski petersen olsen hansen larsen
  pascoe lombardi bergmann chandler donaldson easterbrook fairweather gillespie haverfield ingleby jamieson
  kavanagh lattimore mountford nankivell o'brien o'connor pendergast quinlan rutherford shackleton trevorrow
  underwood vandenberg whitford yelland zimmermann abernethy blackwood carmichael dalrymple ellsworth farquhar
  goodfellow hollingworth`);

export const streetNames = list(`
  mitchell lascelles bertel hornby gilmore knox blackham chauncy clive derrington elsey farrer gungurra hambidge
  irving jukes kinleyside livermore mcmillan namatjira osburn parkhill quandong rundle sidaway theodore ulm verbrugghen
  wanganeen yambina ashburner barrallier carandini dalrymple ebsworth florey gawler heydon investigator jansz
  kambalda ligertwood macgregor newdegate onslow pennefather rosebery sturt tillyard upjohn vasey windeyer`);

export const streetKinds = list('street place crescent avenue circuit close road court drive parade');

export const properties = list(
  'rosetta glenview wodonga brindabella kelvale sunnyside kirkbrae willowbank yarrabee lorneville',
);

export const suburbs = list(`
  toorak sandringham wantirna balwyn mosman kirrawee parramatta cronulla rosebud croydon albury ballina bendigo
  cairns dubbo echuca forbes geelong horsham ipswich junee kempsey lismore mackay narrabri orange penrith quirindi
  redcliffe shepparton tamworth ulladulla victor wagga yass ararat bathurst casino dandenong emerald frankston
  gosford hornsby inverell jindabyne katoomba leeton mildura nowra oberon parkes queanbeyan richmond swansea`);

export const states = list('nsw vic qld sa wa tas act nt');

export const companyWords = list(`
  acme harbour pacific golden summit river northern atlas beacon cedar delta eagle falcon granite horizon iron jade
  kestrel lotus meridian nova orbit pioneer quartz regal silver titan union vertex willow zenith`);

export const companyTrades = list(
  'trading foods logistics software motors textiles shipping design energy clinic partners media',
);

export const chineseFamilies = list('陳 李 黃 張 林 王 劉 吳 蔡 楊 許 鄭 謝 郭 洪 曾 邱 廖 賴 周');
export const chineseGiven = list(`
  偉明 美玲 志強 嘉欣 家豪 詠詩 俊傑 淑儀 怡君 雅婷 宗翰 冠宇 佳穎 承恩 建國 淑芬 文雄 秀英 志明 麗華 雨桐 子軒 思穎 浩然 曉彤 梓晴 俊宏 佩珊 國榮 慧敏`);

/** Given names with a short form that people go by. */
export const shortForms: Readonly<Record<string, string>> = {
  benjamin: 'ben',
  nicholas: 'nick',
  samuel: 'sam',
  alexander: 'alex',
  william: 'bill',
  matthew: 'matt',
  michael: 'mike',
  robert: 'bob',
  edward: 'ted',
  richard: 'dick',
  elizabeth: 'beth',
  katherine: 'kate',
  margaret: 'peggy',
  thomas: 'tom',
  joshua: 'josh',
  daniel: 'dan',
  deborah: 'debbie',
  christopher: 'chris',
};
