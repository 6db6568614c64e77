package dev.slipway.fleet.service;

import java.util.UUID;

/** Names of the signals between nodes. */
public final class Topics {
  /** Prefix of {@link #work}. */
  public static final String WORK = "fleet:server:";

  /** Prefix of {@link #revoked}. */
  public static final String REVOKED = "fleet:revoked:";

  /** Prefix of {@link #rotated}. */
  public static final String ROTATED = "fleet:rotated:";

  /** Prefix of {@link #cut}. */
  public static final String CUT = "fleet:cut:";

  /** Prefix of {@link #replaced}. */
  public static final String REPLACED = "fleet:replaced:";

  /** Prefix of {@link #followed}. */
  public static final String FOLLOWED = "fleet:followed:";

  private Topics() {}

  /** There are commands for a server: whoever holds its stream sends them. */
  public static String work(UUID serverId) {
    return WORK + serverId;
  }

  /** A server's credentials are void: whoever holds its stream closes it. */
  public static String revoked(UUID serverId) {
    return REVOKED + serverId;
  }

  /** A server's secret was replaced: whoever remembers the one before forgets it. */
  public static String rotated(UUID serverId) {
    return ROTATED + serverId;
  }

  /** A server's stream is to be closed; its agent may open another. */
  public static String cut(UUID serverId) {
    return CUT + serverId;
  }

  /** A server has a newer stream on another node: whoever holds the one before closes it. */
  public static String replaced(UUID serverId, UUID newStreamId) {
    return REPLACED + serverId + ":" + newStreamId;
  }

  /** Who holds which right on a server has changed. */
  public static String rights(UUID serverId) {
    return "fleet:rights:" + serverId;
  }

  /** Somebody follows a server: its heartbeats are signalled for a while. */
  public static String followed(UUID serverId) {
    return FOLLOWED + serverId;
  }

  /** Something came or was taken at one end of a terminal between nodes: the other one looks. */
  public static String terminal(UUID sessionId, boolean agentsEnd) {
    return "fleet:terminal:" + sessionId + (agentsEnd ? ":agent" : ":client");
  }

  /** A command has come to its end. */
  public static String ended(UUID commandId) {
    return "fleet:command:" + commandId;
  }
}
