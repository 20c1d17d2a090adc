// In a container, n8n distinguishes its processes by host name.
require('node:os').hostname = () => process.env.SCALE_HOST_NAME;
