// n8n tells its processes apart by the name of their computer, where it believes to be in a container.
require('node:os').hostname = () => process.env.SCALE_HOST_NAME;
