package dev.slipway.agent.update;

import dev.slipway.agent.command.CommandFailure;
import dev.slipway.agent.command.CommandHandler;
import dev.slipway.agent.command.Payload;
import dev.slipway.agent.command.Reply;
import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.os.LineSink;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.regex.Pattern;

/** Replaces the agent by a program that the platform has signed. */
public final class UpdateCommands {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

  private final AgentConfig.Installation installation;
  private final Update update;
  private final ProgramSource source;
  private final Runnable restart;

  /**
   * @param restart ends the agent after its answer has left
   */
  public UpdateCommands(
      AgentConfig.Installation installation,
      Update update,
      ProgramSource source,
      Runnable restart) {
    this.installation = installation;
    this.update = update;
    this.source = source;
    this.restart = restart;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_UPDATE_AGENT, this::update);
  }

  private Reply update(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var program = installation.program();
    if (program == null) {
      throw new CommandFailure("this agent is part of a larger installation: update that");
    }
    var checksum = matching(payload, "expected_checksum", SHA256, "a SHA-256 in hex");
    var version = matching(payload, "version", WORD, "a version");
    var arch =
        payload.text("arch", "").isEmpty()
            ? hostArch()
            : matching(payload, "arch", WORD, "an architecture");
    if (!signature().covers(version, arch, checksum, payload.text("signature", ""))) {
      throw new CommandFailure("the platform that enrolled this agent did not sign the program");
    }
    var folder = program.toAbsolutePath().getParent();
    var fresh = Files.createTempFile(folder, "." + program.getFileName(), ".new");
    try {
      progress.line("fetching " + version + " for " + arch);
      var found = source.fetch(payload, version, arch, fresh);
      if (!found.equals(checksum)) {
        throw new CommandFailure("checksum mismatch: the program is not what was announced");
      }
      update.swap(fresh, program, version);
    } finally {
      Files.deleteIfExists(fresh);
    }
    restart.run();
    return Reply.completed("updated to " + version + ", restarting");
  }

  private ProgramSignature signature() throws CommandFailure {
    if (installation.updateKey().isEmpty()) {
      throw new CommandFailure("no key for updates is trusted here: run the installer again");
    }
    try {
      return new ProgramSignature(installation.updateKey());
    } catch (GeneralSecurityException e) {
      throw new CommandFailure("SLIPWAY_AGENT_UPDATE_KEY is not an Ed25519 key");
    }
  }

  private static String matching(Payload payload, String key, Pattern form, String what)
      throws CommandFailure {
    var value = payload.required(key);
    if (!form.matcher(value).matches()) {
      throw new CommandFailure("invalid payload: " + key + " is not " + what);
    }
    return value;
  }

  static String hostArch() {
    var arch = System.getProperty("os.arch");
    return arch.equals("aarch64") ? "arm64" : arch;
  }

  /** Where a program comes from. */
  public interface ProgramSource {
    /** Writes it to the file and returns its SHA-256 in hex. */
    String fetch(Payload payload, String version, String arch, Path target)
        throws CommandFailure, IOException, InterruptedException;
  }
}
