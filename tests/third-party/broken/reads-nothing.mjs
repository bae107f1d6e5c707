export default { version: '1.0.0', settings: {}, mapping: {} }
