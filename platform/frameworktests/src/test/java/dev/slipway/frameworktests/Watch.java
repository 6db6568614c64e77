package dev.slipway.frameworktests;

import java.util.Collection;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Sees which bundles start, stop or lose their wiring. */
final class Watch implements SynchronousBundleListener, AutoCloseable {
  private static final int TOUCHED =
      BundleEvent.STARTED | BundleEvent.STOPPED | BundleEvent.UNRESOLVED | BundleEvent.UPDATED;

  private final BundleContext context;
  private final Collection<String> touched = new ConcurrentLinkedQueue<>();

  Watch(BundleContext context) {
    this.context = context;
    context.addBundleListener(this);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if ((event.getType() & TOUCHED) != 0) {
      touched.add(event.getBundle().getSymbolicName());
    }
  }

  /** Symbolic names. */
  Collection<String> touched() {
    return new TreeSet<>(touched);
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }
}
