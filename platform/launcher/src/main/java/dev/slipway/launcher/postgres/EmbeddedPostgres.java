package dev.slipway.launcher.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running PostgreSQL server that belongs to this process.
 *
 * <p>One process at a time owns a folder (a file lock proves it). A server that a crashed owner
 * left behind is stopped before the start, because it may run with other settings; a server that
 * dies is started again on the same port, for as long as this handle is open.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final int PORT_ATTEMPTS = 3;

  private final Cluster cluster;
  private final Options options;
  private final FileChannel lock;
  private final Endpoint endpoint;
  private final Thread supervisor;
  private final Object monitor = new Object();
  private volatile Process server;
  private volatile boolean closing;

  private EmbeddedPostgres(
      Cluster cluster, Options options, FileChannel lock, Endpoint endpoint, Process server) {
    this.cluster = cluster;
    this.options = options;
    this.lock = lock;
    this.endpoint = endpoint;
    this.server = server;
    this.supervisor =
        Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::supervise);
  }

  /**
   * Unpacks the binaries, makes the cluster and starts the server, each where needed; returns when
   * it accepts connections.
   *
   * @throws IOException with one line that says what is wrong
   */
  public static EmbeddedPostgres start(Options options) throws IOException, InterruptedException {
    Files.createDirectories(options.dir());
    // The server's user has to pass through; the password beside it is for this user alone.
    Files.setPosixFilePermissions(options.dir(), PosixFilePermissions.fromString("rwx--x--x"));
    var lock = lock(options);
    try {
      var binaries = Binaries.unpack(Account.reachable(options.cache()));
      var account = Account.choose(options.dir(), binaries.home());
      var cluster = new Cluster(options, binaries, account);
      var password = cluster.prepare();
      cluster.stopOrphan();
      var started = startServer(cluster, options);
      var endpoint = new Endpoint(Cluster.HOST, started.port(), Cluster.SUPERUSER, password);
      var postgres = new EmbeddedPostgres(cluster, options, lock, endpoint, started.server());
      postgres.supervisor.start();
      if (options.stopAtExit()) {
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "postgres-stop"));
      }
      return postgres;
    } catch (IOException | InterruptedException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** The server's process id; another one after a restart. */
  public long pid() {
    return server.pid();
  }

  /**
   * Stops the server (fast, then at once) and gives the folder free. A second call does nothing.
   */
  @Override
  public void close() {
    synchronized (monitor) {
      if (closing) {
        return;
      }
      closing = true;
    }
    try (lock) {
      supervisor.interrupt();
      supervisor.join(options.stopTimeout());
      stopServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void stopServer() throws IOException, InterruptedException {
    var process = server;
    if (process.isAlive()) {
      cluster.stop();
    }
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static FileChannel lock(Options options) throws IOException {
    var channel =
        FileChannel.open(
            options.dir().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("this process holds {} already", options.dir(), e);
    }
    channel.close();
    throw new IOException("the database in " + options.dir() + " is in use by another process");
  }

  private record Started(Process server, int port) {}

  /** Another program can take the port between the choice and the bind, so a few are tried. */
  private static Started startServer(Cluster cluster, Options options)
      throws IOException, InterruptedException {
    for (var attempt = 1; ; attempt++) {
      var port = cluster.choosePort();
      try {
        return new Started(launch(cluster, options, port), port);
      } catch (IOException e) {
        if (attempt == PORT_ATTEMPTS || Cluster.isFree(port)) {
          throw e;
        }
        LOG.info("port {} was taken meanwhile, trying another", port);
      }
    }
  }

  private static Process launch(Cluster cluster, Options options, int port)
      throws IOException, InterruptedException {
    var process = cluster.launch(port);
    var output = new Tail(process.inputReader(StandardCharsets.UTF_8), "postgres");
    var deadline = System.nanoTime() + options.startTimeout().toNanos();
    try {
      while (!cluster.isReady()) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new IOException("PostgreSQL did not start: " + output.text());
        }
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "PostgreSQL was not ready within "
                  + options.startTimeout().toSeconds()
                  + " s: "
                  + output.text());
        }
      }
      return process;
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private void supervise() {
    var backOff = FIRST_BACK_OFF;
    try {
      while (!closing) {
        var since = System.nanoTime();
        if (awaitExit()) {
          return;
        }
        if (System.nanoTime() - since > STABLE.toNanos()) {
          backOff = FIRST_BACK_OFF;
        }
        LOG.warn("PostgreSQL ended with status {}; starting it again", server.exitValue());
        backOff = restart(backOff);
      }
    } catch (InterruptedException e) {
      if (!closing) {
        LOG.error("PostgreSQL is no longer supervised", e);
      }
    }
  }

  /** Returns true when the handle is being closed, false when the server ended by itself. */
  private boolean awaitExit() throws InterruptedException {
    server.onExit().thenRun(this::wake);
    synchronized (monitor) {
      while (!closing && server.isAlive()) {
        monitor.wait();
      }
      return closing;
    }
  }

  private void wake() {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  /** Tries until the server is up or the handle is closed; returns the back-off to go on with. */
  private Duration restart(Duration backOff) throws InterruptedException {
    var pause = backOff;
    while (pauseUnlessClosing(pause)) {
      var longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_BACK_OFF) < 0 ? longer : LONGEST_BACK_OFF;
      try {
        cluster.stopOrphan();
        server = launch(cluster, options, endpoint.port());
        LOG.info("PostgreSQL runs again on port {}", endpoint.port());
        return pause;
      } catch (IOException e) {
        LOG.error("PostgreSQL could not be started again", e);
      }
    }
    return pause;
  }

  private boolean pauseUnlessClosing(Duration pause) throws InterruptedException {
    var deadline = System.nanoTime() + pause.toNanos();
    synchronized (monitor) {
      for (var left = pause.toNanos(); !closing && left > 0; left = deadline - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(monitor, Math.max(left, 1_000_000));
      }
      return !closing;
    }
  }
}
