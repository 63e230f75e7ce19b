using Google.Protobuf;
using Grpc.Core;
using KioskLink.Node.Clock;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Journal;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using LinkState = KioskLink.Node.RegisterLink.LinkState;

namespace KioskLink.Node.StaffSignIn;

/// <summary>
/// Signs staff in at the node's own pages, also when the register cannot be reached.
/// 1. While the link is not offline the register is asked: password and second factor, its lockout counts, its audit log has the row. Its
///    answer gives roles, a number for the account, and a stamp that changes with password, roles and locks.
/// 2. Then the node keeps a verifier for <see cref="StaffLimits.OfflineFor"/>: salt and HMAC(k_staff, Argon2id(password)), by HMAC of the
///    name, bound to roles, stamp and end. k_staff comes from the node key: with custody `register` a node without its link has none after a
///    power cut, and lets nobody in until the link is back.
/// 3. While the register is away the password is proven against that. A guess is spent on disk first; name, password and wait give one
///    answer in one time. The second factor is not asked for: its secret stays in the register. What a password alone opens is the pages
///    of this one node. The sign-in is in the journal before the page opens, and reaches the register with it, once.
/// 4. <see cref="StaffWatch"/> asks every few seconds online whether the accounts are as they were; those that are not are forgotten, and
///    their sessions end. A revoked node forgets all. Thread-safe.
/// </summary>
internal sealed class SignInDesk(
    RegisterChannels channels, Link link, NodeSecrets secrets, NodeClock clock, NodeJournal journal, KeptAccounts accounts, GuessBook guesses, TimeProvider time) : IDisposable
{
    private const string Undertaking = "UNDERTAKING_MISSING";
    private readonly TryRate _rate = new(time);
    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    /// <summary>Signs in.</summary>
    /// <param name="userName">The account's name.</param>
    /// <param name="password">UTF-8; the caller wipes it.</param>
    /// <param name="code">The second factor's code; empty without the register.</param>
    /// <param name="source">Whence, such as the browser's address.</param>
    public async Task<SignInResult> SignInAsync(string userName, byte[] password, string code, string source)
    {
        if (userName.Length is 0 or > StaffLimits.NameMax || password.Length is 0 or > StaffLimits.PasswordMax)
            return new SignInResult(SignInOutcome.Refused);
        if (!_rate.MayTry(source))
            return new SignInResult(SignInOutcome.Busy);
        try
        {
            if (Interlocked.Increment(ref _waiting) > StaffLimits.WaitingMax)
                return new SignInResult(SignInOutcome.Busy);
            await _turn.WaitAsync();
            try
            {
                return link.State != LinkState.Offline && await AskAsync(userName, password, code) is { } answer ? answer : await ProveHereAsync(userName, password, source);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    // Null: the register did not answer.
    private async Task<SignInResult?> AskAsync(string userName, byte[] password, string code)
    {
        // A copy: a call that has timed out may still hold the bytes when the caller wipes its own.
        var request = new VerifyStaffRequest { UserName = userName, Password = ByteString.CopyFrom(password), TotpCode = code };
        try
        {
            var word = await channels.Staff.VerifyStaffAsync(request, deadline: time.GetUtcNow().UtcDateTime + StaffLimits.AskFor);
            return word.Valid ? await Task.Run(() => Welcome(userName, password, word)) : new SignInResult(SignInOutcome.Refused);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.FailedPrecondition && Refusal.ReasonOf(error) == Undertaking)
        {
            return new SignInResult(SignInOutcome.UndertakingMissing);
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.ResourceExhausted or StatusCode.InvalidArgument)
        {
            return new SignInResult(error.StatusCode == StatusCode.ResourceExhausted ? SignInOutcome.Busy : SignInOutcome.Refused);
        }
        catch (RpcException error)
        {
            if (!Refusal.IsAnswer(error))
                link.Post(LinkInput.CallFailed);
            return null;
        }
        catch (ObjectDisposedException)
        {
            link.Post(LinkInput.CallFailed);
            return null;
        }
    }

    private SignInResult Welcome(string userName, byte[] password, VerifyStaffResponse word)
    {
        var session = new StaffSession(userName, word.AccountRef, word.Roles, word.Stamp.ToByteArray(), withRegister: true, time.GetUtcNow());
        if (!HasPage(session))
            return new SignInResult(SignInOutcome.NoPage);
        try
        {
            if (secrets.Keys is { } keys)
                accounts.Keep(new StaffKey(keys), userName, password, word);
        }
        catch (IOException)
        {
            // A disk that takes nothing keeps nobody out who has the register's word.
        }
        return new SignInResult(SignInOutcome.SignedIn, session);
    }

    private async Task<SignInResult> ProveHereAsync(string userName, byte[] password, string source)
    {
        if (secrets.Keys is not { } keys)
            return new SignInResult(SignInOutcome.NotNow);
        var key = new StaffKey(keys);
        var (token, from) = (key.TokenOf(userName), key.SourceOf(source));
        var isSpent = guesses.TrySpend(accounts.Knows(token) ? token : null, from, clock.Lived);
        // The hash runs also for who waits, so that the time tells nothing.
        var account = await Task.Run(() => accounts.Prove(key, userName, password));
        if (!isSpent || account is null)
            return await RefuseAsync(isSpent);
        guesses.GiveBack(token, from, clock.Lived);
        var session = new StaffSession(userName, account.Ref, account.Roles, account.Stamp, withRegister: false, time.GetUtcNow());
        return await IsNotedAsync($"{session.Actor}: signs in at the node's pages without the register") ? new SignInResult(SignInOutcome.SignedIn, session) : new SignInResult(SignInOutcome.NotNow);
    }

    private async Task<SignInResult> RefuseAsync(bool isCounted)
    {
        if (isCounted)
            await IsNotedAsync("a sign-in at the node's pages without the register is refused");
        return new SignInResult(SignInOutcome.Refused);
    }

    private async Task<bool> IsNotedAsync(string detail) => (await journal.AppendAsync(new RecordOpen { Kind = RecordKind.Technician, Detail = detail })).Problem is null;

    private static bool HasPage(StaffSession session) => session.IsTechnician || session.IsLibrarian;
}
