package dev.slipway.agent;

import dev.slipway.agent.config.AgentConfig;
import dev.slipway.agent.logs.LogIdentity;
import dev.slipway.agent.logs.LogSpool;
import dev.slipway.agent.runtime.InstanceEvents;
import dev.slipway.agent.runtime.InstanceLine;
import dev.slipway.agent.wire.News;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what happens to instances on to the control plane: lines to the spool, changes to the
 * pulse.
 */
record InstanceNews(LogSpool spool, LogIdentity identity, News news, AgentConfig.RuntimeKind kind)
    implements InstanceEvents {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceNews.class);

  @Override
  public void changed(String name) {
    news.happened();
  }

  @Override
  public void line(InstanceLine line) {
    try {
      spool.append(identity.entry(line, kind.name().toLowerCase(Locale.ROOT)));
    } catch (IOException e) {
      LOG.warn("A line of {} is lost: the spool cannot be written", line.instance(), e);
    }
  }
}
