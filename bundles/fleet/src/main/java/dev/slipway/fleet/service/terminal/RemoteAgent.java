package dev.slipway.fleet.service.terminal;

import dev.slipway.fleet.service.terminal.TerminalLines.Word;
import dev.slipway.fleet.service.terminal.TerminalSession.End;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands for an agent that came to another node, at the node of the client. */
final class RemoteAgent implements TerminalSession.Agent {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteAgent.class);
  private static final int TYPED = 4;
  private static final long LOOK_MILLIS = 1_000;

  private final TerminalLine line;
  private final TerminalSession session;
  private final BlockingQueue<Word> typed = new ArrayBlockingQueue<>(TYPED);
  private final Semaphore wanted = new Semaphore(1);

  RemoteAgent(TerminalLine line, TerminalSession session) {
    this.line = line;
    this.session = session;
  }

  /** Attaches to the session, where no other has. */
  void attach() {
    if (session.attach(this)) {
      Thread.ofVirtual().name("terminal-to-agent").start(this::carry);
      Thread.ofVirtual().name("terminal-to-client").start(this::show);
    } else {
      line.close();
    }
  }

  private void carry() {
    try {
      while (!line.isOver()) {
        var word = typed.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (word != null) {
          line.send(word);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      line.close();
    }
  }

  private void show() {
    try {
      for (var word = line.receive(); word != null; word = line.receive()) {
        if (word.end() != null) {
          session.end(word.end());
          return;
        }
        awaitWanted();
        session.show(Objects.requireNonNull(word.data()));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      session.end(new End(null, "the connection to the agent is lost"));
      line.close();
    }
  }

  private void awaitWanted() throws InterruptedException {
    while (!line.isOver() && !wanted.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      LOG.trace("the client of terminal {} is slow", session.id());
    }
  }

  @Override
  public void more() {
    wanted.release();
  }

  @Override
  public void type(byte[] data) throws InterruptedException {
    put(Word.of(data));
  }

  @Override
  public void resize(int columns, int rows) throws InterruptedException {
    put(new Word(null, columns, rows, null));
  }

  private void put(Word word) throws InterruptedException {
    var done = false;
    while (!done && !line.isOver()) {
      done = typed.offer(word, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
