package dev.slipway.accounts.service;

import dev.slipway.accounts.service.apikey.ApiKeyService;
import dev.slipway.accounts.service.credential.CredentialService;
import dev.slipway.accounts.service.credential.MailRequestService;
import dev.slipway.accounts.service.credential.MailRequests;
import dev.slipway.accounts.service.credential.MailedTokens;
import dev.slipway.accounts.service.inbox.InboxService;
import dev.slipway.accounts.service.inbox.Notices;
import dev.slipway.accounts.service.member.InvitationService;
import dev.slipway.accounts.service.member.MemberService;
import dev.slipway.accounts.service.member.Seats;
import dev.slipway.accounts.service.openid.FormerAccess;
import dev.slipway.accounts.service.openid.OidcAccounts;
import dev.slipway.accounts.service.openid.OidcLinks;
import dev.slipway.accounts.service.openid.OidcStates;
import dev.slipway.accounts.service.openid.Takeover;
import dev.slipway.accounts.service.registration.NewAccounts;
import dev.slipway.accounts.service.registration.RegistrationService;
import dev.slipway.accounts.service.secondfactor.SecondFactorService;
import dev.slipway.accounts.service.session.LoginService;
import dev.slipway.accounts.service.session.SessionService;
import dev.slipway.accounts.service.session.SignInTickets;
import dev.slipway.accounts.service.session.TokenIssuer;
import dev.slipway.accounts.service.tenant.TenantService;
import dev.slipway.accounts.service.user.OwnAccountService;
import dev.slipway.accounts.service.user.UserDeletion;
import dev.slipway.accounts.service.user.UserEdits;
import dev.slipway.accounts.service.user.UserService;
import dev.slipway.accounts.store.credential.TokenStore;
import dev.slipway.accounts.store.guess.GuessStore;
import dev.slipway.accounts.store.inbox.MessageStore;
import dev.slipway.accounts.store.openid.OidcStore;
import dev.slipway.accounts.store.principal.PrincipalStore;
import dev.slipway.accounts.store.secondfactor.SecondFactorStore;
import dev.slipway.accounts.store.session.SessionStore;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.accounts.store.user.UserStore;
import dev.slipway.api.event.Events;
import dev.slipway.api.event.Signals;
import dev.slipway.api.mail.Mail;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.security.AccessTokens;
import dev.slipway.api.security.Passwords;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.api.security.Secrets;
import dev.slipway.data.Database;
import java.time.InstantSource;

/** All services of the feature, put together as the framework would. */
public final class Wiring {
  /** What the platform gives. */
  public record Parts(
      Database db,
      Passwords passwords,
      Events events,
      AccessTokens tokens,
      PrincipalCache cache,
      Secrets secrets,
      Mail mail,
      Platform platform,
      Signals signals) {}

  public final UserStore users;
  public final TenantStore tenants;
  public final Seats seats;
  public final RegistrationService registrations;
  public final LoginService logins;
  public final SessionService sessions;
  public final AccountService accounts;
  public final MemberService members;
  public final InvitationService invitations;
  public final InboxService inbox;
  public final CredentialService credentials;
  public final MailRequestService mailRequests;
  public final MailRequests mailRequestJob;
  public final SecondFactorService secondFactors;
  public final OwnAccountService ownAccounts;
  public final OidcAccounts oidcAccounts;
  public final SignInTickets tickets;
  public final OidcStates oidcStates;
  public final TenantService tenantService;
  public final UserService userService;
  public final Principals principals;
  public final ApiKeyService apiKeys;

  public Wiring(Parts parts, InstantSource clock) {
    var db = parts.db();
    users = new UserStore(db);
    tenants = new TenantStore(db);
    var sessionStore = new SessionStore(db);
    var tokenStore = new TokenStore(db);
    var messages = new MessageStore(db);
    var factors = new SecondFactorStore(db);
    var issuer = new TokenIssuer(users, sessionStore, tenants, parts.tokens());
    var mail = new AccountMail(tokenStore, parts.mail(), parts.platform());
    var guesses = new Guesses(db, new GuessStore(db), clock);
    var ends = new Logins(sessionStore, parts.cache(), mail);
    var notices = new Notices(mail, messages);
    var newAccounts = new NewAccounts(users, tenants, parts.events(), mail);
    seats = new Seats(tenants, users, parts.events(), parts.cache());
    var deletion = new UserDeletion(users, tenants, seats, parts.events(), parts.cache());
    secondFactors = new SecondFactorService(db, factors, parts.secrets(), users, guesses);
    registrations = new RegistrationService(db, newAccounts, seats, parts.passwords(), issuer);
    logins = new LoginService(db, users, parts.passwords(), secondFactors, guesses, issuer);
    sessions = new SessionService(db, sessionStore, users, issuer, parts.cache(), clock);
    accounts = new AccountService(db, users, tenants);
    members = new MemberService(db, tenants, seats, notices);
    invitations = new InvitationService(db, users, tenants, seats, notices, parts.events());
    inbox = new InboxService(db, messages);
    credentials =
        new CredentialService(
            db,
            users,
            new MailedTokens(tokenStore, users, parts.events()),
            parts.passwords(),
            ends,
            guesses);
    mailRequests = new MailRequestService(db, tokenStore, parts.signals());
    mailRequestJob = new MailRequests(db, tokenStore, users, mail, parts.signals());
    ownAccounts =
        new OwnAccountService(
            db,
            new OwnAccountService.Records(users, tenants, sessionStore, messages),
            parts.passwords(),
            guesses,
            deletion);
    var oidc = new OidcStore(db);
    tickets = new SignInTickets(db, users, tokenStore, secondFactors, guesses, issuer);
    var takeover =
        new Takeover(
            users,
            new FormerAccess(users, factors, sessionStore, tokenStore, oidc),
            deletion,
            newAccounts,
            parts.cache(),
            parts.events());
    var links = new OidcLinks(oidc, users, newAccounts, takeover);
    oidcAccounts = new OidcAccounts(db, links, tickets, issuer);
    oidcStates = new OidcStates(db, oidc, parts.secrets());
    tenantService = new TenantService(db, tenants, parts.events(), parts.cache());
    userService =
        new UserService(
            db,
            users,
            tenants,
            seats,
            new UserEdits(users, sessionStore, mail, parts.cache(), parts.events()),
            deletion);
    principals = new Principals(db, new PrincipalStore(db));
    apiKeys = new ApiKeyService(db, new PrincipalStore(db), parts.events(), parts.cache());
  }
}
