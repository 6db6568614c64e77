package dev.slipway.plugins.page;

import dev.slipway.api.spi.AdminPage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The pages that running plugins add to the console. */
@Component(service = AdminPages.class)
public final class AdminPages {
  private final Map<AdminPage, String> plugins = new ConcurrentHashMap<>();

  /**
   * A page comes.
   *
   * @param properties whose it is, as the plugin host says
   */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      target = "(slipway.plugin=*)",
      unbind = "removePage")
  public void addPage(AdminPage page, Map<String, Object> properties) {
    plugins.put(page, Objects.toString(properties.get("slipway.plugin")));
  }

  /** A page goes. */
  public void removePage(AdminPage page) {
    plugins.remove(page);
  }

  /** What a plugin shows right now; a page that fails says so. */
  public List<Shown> of(String plugin) {
    return plugins.entrySet().stream()
        .filter(entry -> entry.getValue().equals(plugin))
        .map(entry -> shown(entry.getKey()))
        .sorted(Comparator.comparing(Shown::title))
        .toList();
  }

  private static Shown shown(AdminPage page) {
    try {
      return new Shown(page.title(), page.html());
    } catch (Exception failure) {
      return new Shown(page.title(), "<p>The page can not be shown right now.</p>");
    }
  }

  /**
   * A page.
   *
   * @param html as the plugin has written it
   */
  public record Shown(String title, String html) {}
}
