package dev.slipway.agent.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.os.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that a run of the installer leaves; read anew each time, since it may run again. */
final class IdentityFile {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  IdentityFile(Path file) {
    this.file = file;
  }

  /** Empty where the agent was not installed by the platform's script. */
  Optional<Identity> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Identity.class));
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the text, which holds secrets.
      LOG.warn("{} is damaged: run the installer again", file);
      return Optional.empty();
    }
  }

  void write(Identity identity) throws IOException {
    AtomicFile.write(file, JSON.writeValueAsBytes(identity));
  }
}
