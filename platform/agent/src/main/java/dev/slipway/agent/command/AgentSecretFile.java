package dev.slipway.agent.command;

import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.config.Secret;
import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The place that the agent's next start reads its secret from. */
public final class AgentSecretFile {
  private final AgentConfig config;

  public AgentSecretFile(AgentConfig config) {
    this.config = config;
  }

  public void replace(Secret secret) throws CommandFailure, IOException {
    requireWritable();
    var own = config.controlPlane().secretFile();
    var environment = config.installation().environmentFile();
    if (own != null) {
      AtomicFile.write(own, (secret.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
    } else if (environment != null) {
      rewrite(environment, secret);
    }
  }

  /** Fails where a new secret would have no place. */
  public void requireWritable() throws CommandFailure {
    if (config.controlPlane().secretFile() == null
        && config.installation().environmentFile() == null) {
      throw new CommandFailure(
          "the secret came from the environment: set AGENT_SECRET_FILE or PERMANU_AGENT_ENV_FILE");
    }
  }

  private void rewrite(Path file, Secret secret) throws IOException {
    var kept = new ArrayList<String>();
    for (var line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      if (!line.startsWith("SERVER_ID=") && !line.startsWith("AGENT_SECRET=")) {
        kept.add(line);
      }
    }
    kept.add("SERVER_ID=" + config.controlPlane().serverId());
    kept.add("AGENT_SECRET=" + secret.reveal());
    AtomicFile.write(file, (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
