package dev.slipway.pluginhost;

import dev.slipway.api.spi.HealthCheck;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the installed plugins once the framework is up; the platform is not ready before. */
@Component(service = HealthCheck.class, immediate = true)
public final class PluginStart implements HealthCheck, FrameworkListener {
  private static final Logger LOG = LoggerFactory.getLogger(PluginStart.class);

  private final BundleContext context;
  private final PluginHost host;
  private volatile String progress = "plugins are starting";
  private volatile boolean done;

  @Activate
  public PluginStart(BundleContext context, @Reference PluginHost host) {
    this.context = context;
    this.host = host;
    context.addFrameworkListener(this);
    if (context.getBundle(0).getState() == Bundle.ACTIVE) {
      start();
    }
  }

  @Deactivate
  void close() {
    context.removeFrameworkListener(this);
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) {
      start();
    }
  }

  @Override
  public String name() {
    return "plugins";
  }

  @Override
  public Health check() {
    return new Health(done, progress);
  }

  private synchronized void start() {
    if (!done) {
      try {
        host.startAll();
        progress = "installed plugins were started";
        done = true;
      } catch (RuntimeException failure) {
        LOG.error("the installed plugins could not be started", failure);
        progress = "plugins could not be started";
      }
    }
  }
}
