package dev.slipway.agent.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import dev.slipway.proto.agent.v1.LogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's own log: to standard error, to a bounded memory of the last lines, and, once the
 * spool is there, to the control plane. Thread-safe.
 */
public final class AgentLog extends AppenderBase<ILoggingEvent> {
  /** As many lines as can be asked for. */
  public static final int LINES = 2000;

  private static final int MAX_LINE = 1024;

  private final Deque<String> last = new ArrayDeque<>();
  private volatile @Nullable LogSpool spool;

  /** Takes over all logging of the program. */
  public static AgentLog install() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    context.getLogger("dev.slipway").setLevel(Level.INFO);
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n");
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    root.addAppender(console);
    var log = new AgentLog();
    log.setContext(context);
    log.start();
    root.addAppender(log);
    return log;
  }

  /** From now on lines go to the control plane too. */
  public void sendThrough(LogSpool target) {
    spool = target;
  }

  /** The last lines, oldest first. */
  public List<String> last(int lines) {
    synchronized (last) {
      return last.stream().skip(Math.max(0, last.size() - lines)).toList();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    var cause =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    remember(
        Instant.ofEpochMilli(event.getTimeStamp())
            + " "
            + event.getLevel()
            + " "
            + event.getFormattedMessage()
            + (cause.isEmpty() ? "" : " " + cause.lines().findFirst().orElse("")));
    var target = spool;
    if (target == null) {
      return;
    }
    try {
      target.append(
          LogEntry.newBuilder()
              .setTimestampNs(event.getTimeStamp() * 1_000_000)
              .setSource("agent")
              .setLevel(event.getLevel().toString().toLowerCase(Locale.ROOT))
              .setMessage(event.getFormattedMessage() + (cause.isEmpty() ? "" : "\n" + cause))
              .putFields("logger", event.getLoggerName())
              .build());
    } catch (IOException e) {
      // Logging this would come back here; the appender's own status list tells it.
      addError("the log spool cannot be written", e);
    }
  }

  private void remember(String line) {
    synchronized (last) {
      last.addLast(line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line);
      if (last.size() > LINES) {
        last.removeFirst();
      }
    }
  }
}
