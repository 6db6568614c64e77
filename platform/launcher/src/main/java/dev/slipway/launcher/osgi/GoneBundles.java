package dev.slipway.launcher.osgi;

import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of bundles that were uninstalled. Felix notes which services a bundle uses, and keeps the
 * notes on services that are still there when they are not used any more; nothing that it offers
 * takes the notes away with their bundle, so that each plugin that comes and goes leaves some
 * kilobytes for ever. Its notes are only within reach by reflection, and looked for by name: where
 * another version has others, all goes on as without this class.
 */
final class GoneBundles implements SynchronousBundleListener {
  private static final Logger LOG = LoggerFactory.getLogger(GoneBundles.class);

  private final Map<?, ?> used;

  private GoneBundles(Map<?, ?> used) {
    this.used = used;
  }

  /** Begins with a framework that was initialised. */
  static void watch(Framework felix) {
    try {
      var registry = member(felix, "m_registry");
      var used = (Map<?, ?>) member(registry, "m_inUseMap");
      felix.getBundleContext().addBundleListener(new GoneBundles(used));
    } catch (ReflectiveOperationException
        | InaccessibleObjectException
        | ClassCastException other) {
      LOG.warn("the framework keeps a little of each bundle that is uninstalled", other);
    }
  }

  private static Object member(Object of, String name) throws ReflectiveOperationException {
    var field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.UNINSTALLED) {
      used.remove(event.getBundle());
    }
  }
}
