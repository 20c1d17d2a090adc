/** What differs between two n8ns. */
interface Place {
	userFolder: string;
	filesFolder: string;
	webPort: number;
	brokerPort: number;
}

/** n8n's settings: loopback only, no requests to other servers, no questionnaire before the editor. */
export const settings = ({ userFolder, filesFolder, webPort, brokerPort }: Place): Record<string, string> => ({
	N8N_USER_FOLDER: userFolder,
	N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
	N8N_HOST: '127.0.0.1',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_PORT: String(webPort),
	N8N_EDITOR_BASE_URL: `http://127.0.0.1:${webPort}`,
	N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	// Asks n8n for a list of servers every few minutes.
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	// The list of verified packages would be fetched from n8n.
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
	// For workers of a queue, which have no web page: they answer the same question of readiness as n8n itself.
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_HEALTH_CHECK_PORT: String(webPort),
});
