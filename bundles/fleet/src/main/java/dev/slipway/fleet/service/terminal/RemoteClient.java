package dev.slipway.fleet.service.terminal;

import dev.slipway.fleet.service.terminal.TerminalLines.Word;
import java.util.Objects;
import java.util.UUID;

/** Stands for a client at another node, at the node that the agent came to with its terminal. */
final class RemoteClient {
  private static final long LOOK_MILLIS = 1_000;

  private final TerminalLine line;
  private final TerminalSession session;

  private RemoteClient(TerminalLine line, UUID serverId) {
    this.line = line;
    session = new TerminalSession(line.sessionId(), serverId);
  }

  /** The session that the agent is to attach to. */
  static TerminalSession join(TerminalLine line, UUID serverId) {
    var client = new RemoteClient(line, serverId);
    Thread.ofVirtual().name("terminal-to-client").start(client::show);
    Thread.ofVirtual().name("terminal-to-agent").start(client::type);
    return client.session;
  }

  private void show() {
    try (line) {
      while (!line.isOver()) {
        var shown = session.next(LOOK_MILLIS);
        if (shown == null) {
          line.check();
        } else if (shown.end() != null) {
          line.send(new Word(null, null, null, shown.end()));
          return;
        } else if (line.send(Word.of(Objects.requireNonNull(shown.data())))) {
          session.taken();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      // Also where the agent does not read: what is typed waits for it in the other thread.
      session.close();
    }
  }

  private void type() {
    try {
      for (var word = line.receive(); word != null; word = line.receive()) {
        pass(word);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      line.close();
      session.close();
    }
  }

  private void pass(Word word) throws InterruptedException {
    var agent = session.agent(LOOK_MILLIS);
    if (agent == null) {
      throw new IllegalStateException("the agent joined without attaching");
    }
    if (word.data() != null) {
      agent.type(word.data());
    } else if (word.columns() != null && word.rows() != null) {
      agent.resize(word.columns(), word.rows());
    }
  }
}
