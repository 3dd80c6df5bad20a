#!/usr/bin/env node
import { run } from '../dist/app.js';

await run();
