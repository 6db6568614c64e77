package dev.slipway.plugins.resource;

import dev.slipway.api.plugin.Offerings.Offered;
import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginRegistry.Extension;
import dev.slipway.api.plugin.PluginRegistry.Failure;
import dev.slipway.api.plugin.PluginTrust.Key;
import dev.slipway.api.plugin.PluginTrust.RevokedFile;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes over the wire about plugins. */
final class PluginPayloads {
  private PluginPayloads() {}

  record PluginList(List<PluginInfo> plugins) {}

  record TrustAnswer(boolean signedOnly, List<Key> keys, List<RevokedFile> revokedFiles) {}

  record KeyDraft(
      @NotNull @Size(min = 1, max = 100) String name,
      @NotNull @Size(min = 1, max = 200) String publicKey) {}

  record KeyAnswer(Key key) {}

  record Reason(@NotNull @Size(min = 1, max = 500) String reason) {}

  record FileDraft(
      @NotNull @Size(min = 64, max = 64) String digest,
      @NotNull @Size(min = 1, max = 500) String reason) {}

  record FileAnswer(RevokedFile file) {}

  record Grant(@NotNull @Size(max = 200) List<String> granted) {}

  record SettingsDraft(@NotNull Map<String, @Nullable Object> values) {}

  record PluginAnswer(PluginInfo plugin) {}

  record PluginDetail(
      PluginInfo plugin,
      List<String> operations,
      List<String> events,
      List<Extension> extensions,
      List<Failure> failures) {}

  record OfferingList(List<OfferingView> offerings) {}

  /** Without the service itself. */
  record OfferingView(
      String point,
      String key,
      String name,
      String description,
      Map<String, @Nullable Object> schema) {
    static OfferingView of(Offered<?> offered) {
      return new OfferingView(
          offered.point(), offered.key(), offered.name(), offered.description(), offered.schema());
    }
  }

  record TrialDraft(@NotNull Map<String, @Nullable Object> configuration) {}
}
