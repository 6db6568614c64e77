package dev.slipway.agent.command;

import dev.slipway.agent.config.Secret;
import dev.slipway.agent.edge.HostName;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.secret.SealedBox;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Secrets that reach the agent sealed: the DNS token and the agent's own. */
public final class SecretCommands {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private final SealedBox box;
  private final Path tokenFile;
  private final AgentSecretFile agentSecret;
  private final Runnable restart;

  /**
   * @param tokenFile where the DNS token is kept
   * @param restart ends the agent after its answers have left, so that it starts with the new
   *     secret
   */
  public SecretCommands(
      SealedBox box, Path tokenFile, AgentSecretFile agentSecret, Runnable restart) {
    this.box = box;
    this.tokenFile = tokenFile;
    this.agentSecret = agentSecret;
    this.restart = restart;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_BOOTSTRAP_SECRETS, this::token,
        CommandType.COMMAND_TYPE_ROTATE_SECRETS, this::token,
        CommandType.COMMAND_TYPE_ROTATE_AGENT_SECRET, this::agentSecret);
  }

  private Reply token(Payload payload, LineSink progress) throws CommandFailure, IOException {
    var variable = payload.text("cf_token_env", "");
    if (!variable.isEmpty() && !VARIABLE.matcher(variable).matches()) {
      throw new CommandFailure("invalid payload: cf_token_env is not a variable name");
    }
    var apex = payload.text("internal_apex", "");
    if (!apex.isEmpty() && !HostName.isRoutable(apex)) {
      throw new CommandFailure("invalid payload: internal_apex is not a host name");
    }
    var sealed = payload.text("cf_token_enc", "");
    if (sealed.isEmpty()) {
      return Reply.completed("no_cf_token");
    }
    var token = open(sealed);
    boolean existed = Files.exists(tokenFile);
    if (existed && Files.readString(tokenFile).equals(token)) {
      return Reply.completed("cf_token_unchanged");
    }
    AtomicFile.write(tokenFile, token.getBytes(StandardCharsets.UTF_8));
    return Reply.completed(existed ? "cf_token_rotated" : "cf_token_applied");
  }

  private Reply agentSecret(Payload payload, LineSink progress) throws CommandFailure, IOException {
    try {
      agentSecret.replace(new Secret(open(payload.required("secret_enc"))));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the new secret is not usable: " + e.getMessage());
    }
    restart.run();
    return Reply.completed("agent_secret_rotated");
  }

  private String open(String sealed) throws CommandFailure {
    try {
      return box.open(sealed);
    } catch (SealedBox.Refused e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
