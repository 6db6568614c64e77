package dev.slipway.pluginhost;

import dev.slipway.api.CommonError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.spi.ScriptUse;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a plugin says of scripts that it refers to, in bounds. Where it can not say, the script may
 * be in use: it is not removed as long as the plugin is there and does not answer.
 */
record GuardedUse(String plugin, ScriptUse use) implements ScriptUse {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedUse.class);
  private static final int MOST = 10;
  private static final int LONGEST = 200;

  @Override
  public List<String> usesOf(UUID tenantId, UUID scriptId) {
    try {
      return use.usesOf(tenantId, scriptId).stream()
          .limit(MOST)
          .map(name -> name.length() > LONGEST ? name.substring(0, LONGEST) : name)
          .toList();
    } catch (PlatformException known) {
      throw known;
    } catch (RuntimeException failure) {
      LOG.warn("plugin {} could not tell who uses script {}", plugin, scriptId, failure);
      throw CommonError.UNAVAILABLE.of(plugin);
    }
  }
}
