package dev.slipway.plugins.resource;

import dev.slipway.api.CommonError;
import dev.slipway.api.notification.Notification;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.Setup;
import dev.slipway.api.plugin.Offerings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What one bundle offers: a channel that keeps what it is told. */
final class KnownOfferings implements Offerings {
  final List<Notification> told = new CopyOnWriteArrayList<>();
  private final Offered<NotificationChannel> channel;

  KnownOfferings(String bundle) {
    Map<String, @Nullable Object> schema =
        Map.of(
            "type", "object",
            "required", List.of("topic"),
            "properties", Map.of("topic", Map.of("type", "string", "title", "Topic")));
    var list = new ListChannel();
    channel =
        new Offered<>(
            NotificationChannel.class,
            "notification-channel",
            bundle,
            list.key(),
            list.name(),
            list.description(),
            schema,
            List.of(),
            list);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T extends Offering> List<Offered<T>> all(Class<T> kind) {
    return kind == NotificationChannel.class ? List.of((Offered<T>) channel) : List.of();
  }

  @Override
  public <T extends Offering> Optional<Offered<T>> find(Class<T> kind, String key) {
    return all(kind).stream().filter(it -> it.key().equals(key)).findFirst();
  }

  @Override
  public List<Offered<?>> of(String bundle) {
    return channel.bundle().equals(bundle) ? List.of(channel) : List.of();
  }

  @Override
  public Setup setup(Offered<?> offered, String path, Map<String, @Nullable Object> values) {
    if (!values.containsKey("topic")) {
      throw CommonError.INVALID.at(path + ".topic");
    }
    return new Setup(values);
  }

  private final class ListChannel implements NotificationChannel {
    @Override
    public String key() {
      return "list";
    }

    @Override
    public String name() {
      return "List";
    }

    @Override
    public String description() {
      return "Keeps what it is told";
    }

    @Override
    public Receipt send(Notification notification, Setup setup) throws RemoteFailure {
      if (setup.required("topic").equals("closed")) {
        throw RemoteFailure.ofStatus(403, "The topic is closed");
      }
      told.add(notification);
      return new Receipt(200);
    }
  }
}
