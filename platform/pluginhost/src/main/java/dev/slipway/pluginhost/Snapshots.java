package dev.slipway.pluginhost;

import dev.slipway.api.spi.ConfigVariable;
import dev.slipway.api.spi.ScriptHook;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a plugin says of something once, when it brings it; the plugin is not asked again. */
final class Snapshots {
  private Snapshots() {}

  /** A configuration variable. */
  record Variable(
      String name,
      ConfigVariable.Type type,
      String initial,
      String description,
      List<String> options)
      implements ConfigVariable {
    static Variable of(ConfigVariable variable) {
      return new Variable(
          variable.name(),
          variable.type(),
          variable.initial(),
          variable.description(),
          List.copyOf(variable.options()));
    }
  }

  /** A hook for scripts. */
  record Hook(
      String name,
      String summary,
      String input,
      String result,
      String sampleEvent,
      String filter,
      Set<String> withheld,
      Duration timeout)
      implements ScriptHook {
    static Hook of(ScriptHook hook) {
      return new Hook(
          hook.name(),
          hook.summary(),
          hook.input(),
          hook.result(),
          hook.sampleEvent(),
          hook.filter(),
          Set.copyOf(hook.withheld()),
          hook.timeout());
    }
  }
}
