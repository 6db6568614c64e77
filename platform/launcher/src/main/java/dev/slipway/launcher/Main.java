package dev.slipway.launcher;

import dev.slipway.launcher.aot.AotCache;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code bin/slipway run}. */
public final class Main {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  /** Kept because all else that is printed is led into the log later. */
  private static final PrintStream ERRORS = System.err;

  private Main() {}

  /** Runs until a signal comes; a start that fails ends with one line and a status of 1 or 2. */
  public static void main(String[] arguments) throws InterruptedException {
    var options = new RunOptions();
    var command = new CommandLine(options);
    try {
      command.parseArgs(arguments);
    } catch (ParameterException e) {
      System.exit(fail(StartFailure.usage(e.getMessage())));
    }
    if (options.help) {
      command.usage(System.out);
      return;
    }
    var parts = new Parts();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(parts), "shutdown"));
    if (options.withParent) {
      stopWithParent();
    }
    var training = Boolean.getBoolean(AotCache.TRAINING);
    var status = start(options, parts, training);
    parts.settled();
    if (status != 0) {
      parts.stop();
      System.exit(status);
    }
    if (training) {
      // An orderly end of the JVM: it writes the cache on its way out.
      parts.stop();
      return;
    }
    Thread.currentThread().join();
  }

  private static int start(RunOptions options, Parts parts, boolean training) {
    try {
      var variables = new Variables(System.getenv());
      var settings = Settings.resolve(options, variables);
      var data = DataFolder.take(settings.data(), Version.own());
      parts.add("data folder", data);
      var home = home();
      var console = Logging.configure(home, data.path());
      var listening = settings.claimAddresses();
      var announcement = new Announcement(console);
      new Platform(home, listening, variables, data, parts, announcement)
          .start(options.example, training);
      return 0;
    } catch (StartFailure e) {
      return fail(e);
    } catch (IOException | RuntimeException e) {
      return fail(StartFailure.failed("the platform did not start: " + e, e));
    } catch (InterruptedException _) {
      // The shutdown hook interrupted the start, and ends the JVM.
      return 0;
    }
  }

  /**
   * A build tool that is told to stop does not tell the programs that it runs. The exit has a
   * thread of its own: those who stop wait for other processes, whose ends are told by the same few
   * threads.
   */
  private static void stopWithParent() {
    var exit = Thread.ofPlatform().name("parent ended").unstarted(() -> System.exit(0));
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(exit::start));
  }

  private static int fail(StartFailure failure) {
    if (failure.getCause() != null && Logging.isConfigured()) {
      LoggerFactory.getLogger(Main.class).error("start failed", failure);
    }
    var line = Optional.ofNullable(failure.getMessage()).orElse("").replaceAll("\\R", " ");
    ERRORS.println("slipway: " + line);
    return failure.exitCode();
  }

  /**
   * SIGTERM and Ctrl-C are the usual way to stop, so they end with 0 and not with the JVM's 143.
   */
  private static void stopOnSignal(Parts parts) {
    var ours = new boolean[1];
    var stopper = new Thread(() -> ours[0] = parts.stop(), "stop");
    stopper.setDaemon(true);
    stopper.start();
    try {
      if (!stopper.join(LONGEST_STOP)) {
        ERRORS.println("slipway: not everything stopped within " + LONGEST_STOP.toSeconds() + " s");
        Runtime.getRuntime().halt(StartFailure.FAILED);
      }
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(StartFailure.FAILED);
    }
    if (ours[0]) {
      Runtime.getRuntime().halt(0);
    }
  }

  /** Where the distribution is unpacked: told by the start script, else beside our own jar. */
  private static Path home() throws StartFailure {
    var told = System.getProperty("slipway.home");
    if (told != null) {
      return Path.of(told).toAbsolutePath().normalize();
    }
    try {
      var jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.getParent().getParent();
    } catch (URISyntaxException e) {
      throw StartFailure.failed("the distribution's folder is not known", e);
    }
  }
}
