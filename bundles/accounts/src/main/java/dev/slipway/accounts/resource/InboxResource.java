package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.AuthPayloads.MessageAnswer;
import dev.slipway.accounts.service.inbox.InboxService;
import dev.slipway.accounts.store.inbox.MessageRow;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The inbox of the caller. */
@Component(service = RestResource.class)
@Path("/api/messages")
public final class InboxResource implements RestResource {
  private final InboxService inbox;

  @Activate
  public InboxResource(@Reference InboxService inbox) {
    this.inbox = inbox;
  }

  public record MessageView(
      UUID id,
      UUID userId,
      String type,
      String title,
      String body,
      boolean isRead,
      Instant createdAt) {
    static MessageView of(MessageRow message) {
      return new MessageView(
          message.id(),
          message.userId(),
          message.type(),
          message.title(),
          message.body(),
          message.read(),
          message.createdAt());
    }
  }

  public record MessagesAnswer(List<MessageView> messages) {}

  public record CountAnswer(int count) {}

  @GET
  @Op(
      value = "accounts.message.list",
      access = Access.USER,
      summary = "List the own messages, the latest first, the newest 1000")
  public MessagesAnswer list(@Context Caller caller) {
    return new MessagesAnswer(inbox.list(caller).stream().map(MessageView::of).toList());
  }

  @GET
  @Path("unread-count")
  @Op(
      value = "accounts.message.count-unread",
      access = Access.USER,
      summary = "Count the own messages that have not been read")
  public CountAnswer unread(@Context Caller caller) {
    return new CountAnswer(inbox.unread(caller));
  }

  @PATCH
  @Path("{messageId}/read")
  @Op(
      value = "accounts.message.read",
      access = Access.USER,
      summary = "Flag an own message as read",
      errors = {"404 unknown, or of another user"})
  public MessageAnswer read(@Context Caller caller, @PathParam("messageId") UUID messageId) {
    inbox.read(caller, messageId);
    return new MessageAnswer("The message is read.");
  }
}
