package dev.slipway.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.event.Level;

/** Puts all logging under {@code conf/logback.xml}; must run before the first logger is made. */
final class Logging {

  private static final int LONGEST_LINE = 8 * 1024;

  /** Named in {@code conf/logback.xml}. */
  private static final String PLACE = "slipway.data";

  private Logging() {}

  /** Before that a logger would print to the console in a format of its own. */
  static boolean isConfigured() {
    return System.getProperty(PLACE) != null;
  }

  /** Returns the real standard output; what libraries print goes to the log from now on. */
  static PrintStream configure(Path home, Path data) {
    System.setProperty(PLACE, data.toString());
    System.setProperty("slipway.home", home.toString());
    var configuration = home.resolve("conf").resolve("logback.xml");
    if (configuration.toFile().isFile()) {
      System.setProperty("logback.configurationFile", configuration.toString());
    }
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    var console = System.out;
    System.setOut(capture("stdout", Level.INFO));
    System.setErr(capture("stderr", Level.WARN));
    return console;
  }

  private static PrintStream capture(String name, Level level) {
    var lines = new LineLogger(LoggerFactory.getLogger(name), level);
    return new PrintStream(lines, true, StandardCharsets.UTF_8);
  }

  private static final class LineLogger extends OutputStream {

    private final Logger log;
    private final Level level;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;

    LineLogger(Logger log, Level level) {
      this.log = log;
      this.level = level;
    }

    @Override
    public synchronized void write(int value) {
      if (value != '\n') {
        line[length++] = (byte) value;
      }
      if (length == LONGEST_LINE || (value == '\n' && length > 0)) {
        var text = new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
        log.atLevel(level).log("{}", text);
        length = 0;
      }
    }
  }
}
