package com.example.specimen;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Fails before any component is looked at. */
public final class FailingActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException("no luck at all");
  }

  @Override
  public void stop(BundleContext context) {}
}
