package dev.slipway.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.slipway.api.platform.Problems;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.LoggerFactory;

/** Listens to the log for warnings and errors. */
@Component(immediate = true)
public final class LoggedProblems extends AppenderBase<ILoggingEvent> implements Problems {
  private static final int KEPT = 1_000;
  private static final int LONGEST = 4_000;

  private final ArrayDeque<Problem> kept = new ArrayDeque<>();
  private @Nullable Logger root;
  private long last;

  @Activate
  void open() {
    // Another logging library has no place to listen at; the list then stays empty.
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
      setContext(logging);
      setName("problems");
      start();
      root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
      root.addAppender(this);
    }
  }

  @Deactivate
  void close() {
    if (root != null) {
      root.detachAppender(this);
      stop();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
      return;
    }
    var thrown = event.getThrowableProxy();
    synchronized (kept) {
      kept.addLast(
          new Problem(
              ++last,
              Instant.ofEpochMilli(event.getTimeStamp()),
              event.getLevel().isGreaterOrEqual(Level.ERROR),
              event.getLoggerName(),
              cut(event.getFormattedMessage()),
              thrown == null ? null : cut(thrown.getClassName() + ": " + thrown.getMessage())));
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  @Override
  public List<Problem> after(long sequence) {
    synchronized (kept) {
      return kept.stream().filter(problem -> problem.sequence() > sequence).toList();
    }
  }
}
