package dev.slipway.plugins.resource;

import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginRegistry.Failure;
import java.util.List;

/** What goes over the wire about plugins. */
final class PluginPayloads {
  private PluginPayloads() {}

  record PluginList(List<PluginInfo> plugins) {}

  record PluginAnswer(PluginInfo plugin) {}

  record PluginDetail(
      PluginInfo plugin, List<String> operations, List<String> events, List<Failure> failures) {}
}
