#!/usr/bin/env node
'use strict';

const { join } = require('node:path');
const { createLoader } = require('./load.js');

createLoader()(join(__dirname, '..', 'dist', 'app.cjs')).run();
