package dev.slipway.fleet;

import dev.slipway.api.Scope;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Work for agents. A command is a row first; it is sent at most once and always comes to an end.
 */
@ProviderType
public interface Commands {
  /**
   * Adds a command, in the caller's unit of work where there is one. It is sent after the commit as
   * soon as the agent's stream takes it, and ends in the event {@code fleet.command.finished}.
   *
   * @return the new command, or the one that holds the same idempotency key
   * @throws dev.slipway.api.PlatformException where there is no such server, it is being removed,
   *     or its agent has said which commands it takes and this is none of them (422)
   */
  Command submit(Scope scope, CommandRequest request);

  /** A command; empty where there is none in this scope. */
  Optional<Command> find(Scope scope, UUID commandId);

  /**
   * Asks for an end. A command that was not sent yet is cancelled at once; one that the agent works
   * on when the agent says so, or at its deadline.
   *
   * @return false where it is final already or does not exist
   */
  boolean cancel(Scope scope, UUID commandId);
}
