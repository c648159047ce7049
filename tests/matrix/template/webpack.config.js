module.exports = (config) => {
  config.module.rules.push({ test: /\.tsx?$/, enforce: 'pre', loader: 'IMPORT_GLOB' });
  return config;
};
