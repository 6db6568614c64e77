package dev.slipway.deployments.service.push;

import dev.slipway.api.Caller;
import dev.slipway.api.ErrorKind;
import dev.slipway.api.Membership;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.platform.Json;
import dev.slipway.api.spi.EventListener;
import dev.slipway.deployments.SourceEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hears of pushes into the repositories that the platform keeps. */
@Component(service = EventListener.class)
public final class SourceWatch implements EventListener {
  private static final String PUSHED = "deployments.source.pushed";
  private static final String ADDRESS = "git push";

  private final AutoDeploys pushes;
  private final Json json;

  @Activate
  public SourceWatch(@Reference AutoDeploys pushes, @Reference Json json) {
    this.pushes = pushes;
    this.json = json;
  }

  @Override
  public String name() {
    return "deployments.sources";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(PUSHED);
  }

  @Override
  public void on(StoredEvent event) {
    var pushed = json.read(json.write(event.data()), SourceEvent.Pushed.class);
    var push =
        new Push(
            event.id().toString(),
            pushed.branch(),
            pushed.commit(),
            pushed.message(),
            pushed.changedPaths(),
            pushed.allPaths());
    try {
      pushes.take(actor(event, pushed), pushed.appId(), push);
    } catch (PlatformException refusal) {
      // The app has gone meanwhile; anything else is tried again.
      if (refusal.code().kind() != ErrorKind.MISSING) {
        throw refusal;
      }
    }
  }

  private static Caller actor(StoredEvent event, SourceEvent.Pushed pushed) {
    return new Caller(
        pushed.by(),
        null,
        null,
        "git push",
        new Membership(pushed.tenantId(), Role.USER, false),
        event.id().toString(),
        ADDRESS);
  }
}
