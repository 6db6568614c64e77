package dev.slipway.console.service;

import dev.slipway.console.Console;
import dev.slipway.console.ConsoleEntry;
import dev.slipway.console.Frame;
import dev.slipway.console.Html;
import dev.slipway.console.page.template.JteframeGenerated;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The frame, with the entries that are there at the moment. */
@Component(service = {Console.class, Frames.class})
public final class Frames implements Console {
  private static final Comparator<ConsoleEntry> ORDER =
      Comparator.comparingInt(ConsoleEntry::order).thenComparing(ConsoleEntry::title);

  private final List<ConsoleEntry> entries = new CopyOnWriteArrayList<>();

  /** An entry comes. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "removeEntry")
  public void addEntry(ConsoleEntry entry) {
    entries.add(entry);
  }

  /** An entry goes. */
  public void removeEntry(ConsoleEntry entry) {
    entries.remove(entry);
  }

  /** All entries, in the order in which people see them. */
  public List<ConsoleEntry> entries() {
    return entries.stream().sorted(ORDER).toList();
  }

  @Override
  public String page(Frame frame) {
    return Html.of(html -> JteframeGenerated.render(html, null, frame, entries()));
  }
}
