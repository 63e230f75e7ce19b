using System.Security.Cryptography;
using System.Text.Json;
using KioskLink.Node.Clock;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Node.StaffSignIn;

/// <summary>
/// The accounts that may sign in while the register is away, in one small file that is written whole. What cannot be read of it is nobody:
/// who then wants in needs the register once. Thread-safe.
/// </summary>
internal sealed class KeptAccounts
{
    private static readonly KeptAccount Nobody = new(new byte[StaffKey.TokenLength], "", [], [], PinHashes.Best.Algorithm, new byte[PinHashes.SaltLength], [], 0);
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly NodeClock _clock;
    private List<KeptAccount> _accounts;

    /// <summary>Reads what the disk holds.</summary>
    public KeptAccounts(string path, NodeClock clock) => (_path, _clock, _accounts) = (path, clock, Read(path));

    /// <summary>What is kept and has not ended.</summary>
    public IReadOnlyList<KeptAccount> All
    {
        get
        {
            lock (_gate)
                return [.. _accounts.Where(Lives)];
        }
    }

    /// <summary>Keeps an account that the register has just vouched for, from now on for <see cref="StaffLimits.OfflineFor"/>.</summary>
    /// <param name="key">The key of staff.</param>
    /// <param name="userName">Its name, of which a token is kept.</param>
    /// <param name="password">UTF-8; the caller wipes it.</param>
    /// <param name="word">The register's word.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Keep(StaffKey key, string userName, ReadOnlySpan<byte> password, VerifyStaffResponse word)
    {
        var ends = _clock.Now + Duration.FromTimeSpan(StaffLimits.OfflineFor);
        var account = new KeptAccount(
            key.TokenOf(userName), word.AccountRef, [.. word.Roles], word.Stamp.ToByteArray(), PinHashes.Best.Algorithm, RandomNumberGenerator.GetBytes(PinHashes.SaltLength), [], ends.ToUnixTimeMilliseconds());
        account = account with { Proof = key.ProofOf(password, account) };
        Change(accounts => [.. accounts.Where(other => other.Ref != account.Ref && Lives(other)).OrderByDescending(other => other.EndsAtMs).Take(StaffLimits.AccountsMax - 1), account]);
    }

    /// <summary>The account of a name and a password; null where either is wrong, in the same time.</summary>
    /// <param name="key">The key of staff.</param>
    /// <param name="userName">The name.</param>
    /// <param name="password">UTF-8; the caller wipes it.</param>
    public KeptAccount? Prove(StaffKey key, string userName, ReadOnlySpan<byte> password)
    {
        var account = Find(key.TokenOf(userName));
        var computed = key.ProofOf(password, account ?? Nobody);
        return CryptographicOperations.FixedTimeEquals(computed, account?.Proof ?? Nobody.Proof) ? account : null;
    }

    /// <summary>Whether an account of that token is kept.</summary>
    public bool Knows(byte[] token) => Find(token) is not null;

    /// <summary>Forgets accounts.</summary>
    /// <exception cref="IOException">The disk does not take it; they are forgotten all the same while the node runs.</exception>
    public void Forget(IReadOnlyCollection<string> refs) => Change(accounts => [.. accounts.Where(account => !refs.Contains(account.Ref))]);

    /// <summary>Forgets everybody.</summary>
    /// <exception cref="IOException">The disk does not take it; they are forgotten all the same while the node runs.</exception>
    public void Wipe() => Change(_ => []);

    private KeptAccount? Find(byte[] token)
    {
        lock (_gate)
            return _accounts.FirstOrDefault(account => Lives(account) && CryptographicOperations.FixedTimeEquals(account.Token, token));
    }

    // A clock that nobody vouches for may be set back; the time that was lived through may not.
    private bool Lives(KeptAccount account) => Instant.FromUnixTimeMilliseconds(account.EndsAtMs) > (_clock.Trusted ? _clock.Now : _clock.Lived);

    private void Change(Func<List<KeptAccount>, List<KeptAccount>> change)
    {
        lock (_gate)
        {
            var before = _accounts.Count;
            _accounts = change(_accounts);
            if (before + _accounts.Count > 0)
                DurableFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_accounts));
        }
    }

    private static List<KeptAccount> Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<List<KeptAccount>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
