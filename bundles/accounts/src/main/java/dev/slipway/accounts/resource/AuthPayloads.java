package dev.slipway.accounts.resource;

import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.AccountService;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.accounts.service.registration.Registration;
import dev.slipway.api.Role;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sign-up, sign-in and profiles as clients see them. */
public final class AuthPayloads {
  private AuthPayloads() {}

  /** The fields' own rules stand in the service; here are only bounds. */
  public record Register(
      @NotNull @Size(max = 1000) String email,
      @NotNull @Size(max = 1000) String password,
      @NotNull @Size(max = 1000) String displayName,
      @Nullable @Size(max = 200) String invitationToken) {
    Registration toRegistration() {
      return new Registration(email, password, displayName, invitationToken);
    }

    @Override
    public String toString() {
      return "Register[…]";
    }
  }

  public record Login(
      @NotNull @Size(max = 1000) String email,
      @NotNull @Size(max = 1000) String password,
      @Nullable @Size(max = 100) String code) {
    @Override
    public String toString() {
      return "Login[…]";
    }
  }

  public record TicketAndCode(
      @NotNull @Size(max = 200) String ticket, @NotNull @Size(max = 100) String code) {
    @Override
    public String toString() {
      return "TicketAndCode[…]";
    }
  }

  public record Refresh(@NotNull @Size(max = 200) String refreshToken) {
    @Override
    public String toString() {
      return "Refresh[…]";
    }
  }

  public record Logout(@Nullable @Size(max = 200) String refreshToken) {
    @Override
    public String toString() {
      return "Logout[…]";
    }
  }

  public record AuthMethod(String provider) {}

  public record UserView(
      UUID id,
      String email,
      String displayName,
      boolean emailVerified,
      boolean isActive,
      List<AuthMethod> authMethods,
      Instant createdAt,
      Instant updatedAt,
      @Nullable Instant lastLoginAt) {
    public static UserView of(User user) {
      return new UserView(
          user.id(),
          user.email(),
          user.displayName(),
          user.emailVerified(),
          user.active(),
          user.authMethods().stream().map(AuthMethod::new).toList(),
          user.createdAt(),
          user.updatedAt(),
          user.lastLoginAt());
    }
  }

  public record MembershipView(
      UUID tenantId, String tenantName, String tenantSlug, Role role, boolean isRoot) {
    public static MembershipView of(Seat seat) {
      return new MembershipView(
          seat.tenantId(), seat.tenantName(), seat.tenantSlug(), seat.role(), seat.root());
    }
  }

  public record SignedInAnswer(
      String accessToken, String refreshToken, UserView user, List<MembershipView> memberships) {
    public static SignedInAnswer of(SignedIn signedIn) {
      return new SignedInAnswer(
          signedIn.accessToken(),
          signedIn.refreshToken(),
          UserView.of(signedIn.user()),
          signedIn.seats().stream().map(MembershipView::of).toList());
    }

    @Override
    public String toString() {
      return "SignedInAnswer[" + user.id() + "]";
    }
  }

  public record ProfileAnswer(UserView user, List<MembershipView> memberships) {
    public static ProfileAnswer of(AccountService.Profile profile) {
      return new ProfileAnswer(
          UserView.of(profile.user()), profile.seats().stream().map(MembershipView::of).toList());
    }
  }

  public record MessageAnswer(String message) {}
}
