package dev.slipway.fleet;

/**
 * What an agent can be asked, with its number on the wire and whether asking twice does no harm.
 */
public enum CommandType {
  UPDATE_AGENT(4, Repeat.NEVER),
  EXEC(5, Repeat.NEVER),
  SERVICE_CREATE(10, Repeat.NEVER),
  SERVICE_START(11, Repeat.NEVER),
  SERVICE_STOP(12, Repeat.NEVER),
  SERVICE_RESTART(13, Repeat.NEVER),
  SERVICE_DESTROY(14, Repeat.NEVER),
  SERVICE_LOGS(15, Repeat.NEVER),
  WAIT_FOR_HEALTHY(16, Repeat.HARMLESS),
  BACKUP_CREATE(20, Repeat.NEVER),
  BACKUP_UPLOAD(21, Repeat.NEVER),
  BACKUP_RESTORE(22, Repeat.NEVER),
  BACKUP_CLEANUP(23, Repeat.NEVER),
  BACKUP_DOWNLOAD(24, Repeat.NEVER),
  COMPOSE_UP(30, Repeat.NEVER),
  COMPOSE_DOWN(31, Repeat.NEVER),
  COMPOSE_RESTART(32, Repeat.NEVER),
  COMPOSE_LOGS(33, Repeat.NEVER),
  APP_CLONE(40, Repeat.NEVER),
  APP_BUILD(41, Repeat.NEVER),
  APP_DEPLOY(42, Repeat.NEVER),
  APP_STOP(43, Repeat.NEVER),
  APP_LOGS(44, Repeat.NEVER),
  APP_PROXY_SETUP(45, Repeat.HARMLESS),
  APP_PROXY_REMOVE(46, Repeat.HARMLESS),
  APP_CLEANUP(47, Repeat.NEVER),
  APP_DETECT_FRAMEWORK(48, Repeat.NEVER),
  APP_ROLLBACK(49, Repeat.NEVER),
  ROUTE_ADD(50, Repeat.HARMLESS),
  ROUTE_REMOVE(51, Repeat.HARMLESS),
  RUN_HOOKS(60, Repeat.NEVER),
  RUN_RELEASE_HOOK(61, Repeat.NEVER),
  CACHE_PURGE(70, Repeat.HARMLESS),
  UNINSTALL(80, Repeat.NEVER),
  TCP_PROXY_START(81, Repeat.NEVER),
  TCP_PROXY_STOP(82, Repeat.NEVER),
  TCP_PROXY_UPDATE(83, Repeat.NEVER),
  CERT_ROTATE(90, Repeat.NEVER),
  BACKUP_VERIFY(91, Repeat.NEVER),
  CANCEL_COMMAND(99, Repeat.HARMLESS),
  CONFIGURE_MONITORING(100, Repeat.HARMLESS),
  ROUTE_LIST(110, Repeat.HARMLESS),
  CERT_LIST(111, Repeat.HARMLESS),
  PROXY_TRAFFIC(112, Repeat.HARMLESS),
  AGENT_LOGS(113, Repeat.HARMLESS),
  AGENT_STATUS(114, Repeat.HARMLESS),
  AGENT_PING(115, Repeat.HARMLESS),
  AGENT_RECONNECT(116, Repeat.NEVER),
  DWAAR_RECONCILE(117, Repeat.HARMLESS),
  NETWORK_REMOVE(120, Repeat.NEVER),
  VOLUME_REMOVE(121, Repeat.NEVER),
  NETWORK_INSPECT(122, Repeat.HARMLESS),
  RESTART_SELF(123, Repeat.NEVER),
  REENROLL(124, Repeat.NEVER),
  CI_JOB(130, Repeat.NEVER),
  BOOTSTRAP_SECRETS(140, Repeat.HARMLESS),
  ROTATE_SECRETS(141, Repeat.HARMLESS),
  ROTATE_AGENT_SECRET(142, Repeat.NEVER),
  HOST_DIAGNOSTIC(150, Repeat.HARMLESS),
  DWAAR_CONFIG_PATCH(151, Repeat.NEVER),
  SWARM_STACK_DEPLOY(160, Repeat.NEVER),
  SWARM_STACK_REMOVE(161, Repeat.NEVER),
  SWARM_STACK_STATUS(162, Repeat.HARMLESS),
  SWARM_SERVICE_ROLLBACK(163, Repeat.NEVER),
  /** Slipway's own; the published agent answers that it does not know it. */
  TERMINAL(1000, Repeat.NEVER);

  private final int number;
  private final Repeat repeat;

  CommandType(int number, Repeat repeat) {
    this.number = number;
    this.repeat = repeat;
  }

  /** The number of {@code agent.v1.CommandType}. */
  public int number() {
    return number;
  }

  /**
   * Whether the platform sends it again by itself after the agent's connection was lost. For any
   * other type the command ends as failed, and its owner looks at the server before it decides.
   */
  public boolean harmlessTwice() {
    return repeat == Repeat.HARMLESS;
  }

  private enum Repeat {
    HARMLESS,
    NEVER
  }
}
