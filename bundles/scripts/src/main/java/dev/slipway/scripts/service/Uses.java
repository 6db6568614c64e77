package dev.slipway.scripts.service;

import dev.slipway.api.spi.ScriptUse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What other features say of scripts that they refer to. */
@Component(service = Uses.class)
public final class Uses {
  private final List<ScriptUse> known = new CopyOnWriteArrayList<>();

  /** A feature keeps references to scripts. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "remove")
  public void add(ScriptUse use) {
    known.add(use);
  }

  /** It does not any more, or can not be asked. */
  public void remove(ScriptUse use) {
    known.remove(use);
  }

  List<String> of(UUID tenantId, UUID scriptId) {
    return known.stream().flatMap(use -> use.usesOf(tenantId, scriptId).stream()).toList();
  }
}
