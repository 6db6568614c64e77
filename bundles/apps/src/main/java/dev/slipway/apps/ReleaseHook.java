package dev.slipway.apps;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Commands that are run once in a new version of an app before any instance of it starts, such as
 * those that migrate its database.
 *
 * @param id the app's
 * @param commands one after the other, 1..{@value #MAX_COMMANDS}; each is split into words without
 *     a shell
 * @param timeoutSeconds how long all of them together may take, 1..{@value #MAX_SECONDS}
 */
public record ReleaseHook(
    UUID id,
    int version,
    UUID tenantId,
    List<String> commands,
    int timeoutSeconds,
    Instant updatedAt) {

  /** Most commands. */
  public static final int MAX_COMMANDS = 10;

  /** Most characters of a command. */
  public static final int MAX_LENGTH = 1000;

  /** How long they may take where nobody says. */
  public static final int USUAL_SECONDS = 300;

  /** Longest time; agents give up then in any case. */
  public static final int MAX_SECONDS = 3600;
}
