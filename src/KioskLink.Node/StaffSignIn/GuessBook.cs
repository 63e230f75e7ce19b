using System.Text.Json;
using KioskLink.Node.Hosting;
using NodaTime;

namespace KioskLink.Node.StaffSignIn;

/// <summary>
/// The wrong passwords that were given here while the register was away, by account and by source. A guess is durable before its password is
/// looked at, so that no restart gives any back. Names that are not kept here share one row: none of them can be right. Thread-safe.
/// </summary>
internal sealed class GuessBook
{
    private const string Account = "account", Source = "source", Strangers = "account strangers";
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<string, IReadOnlyList<Instant>> _wrong;

    /// <summary>Reads what the disk holds.</summary>
    public GuessBook(string path) => (_path, (_wrong, WasDamaged)) = (path, Read(path));

    /// <summary>Whether what was counted before is not known.</summary>
    public bool WasDamaged { get; }

    /// <summary>Spends a guess as if it were wrong. False: the account or the source waits, or the disk does not take it.</summary>
    /// <param name="account">The account's token; null for a name that is not kept.</param>
    /// <param name="source">The source's token.</param>
    /// <param name="lived">The time that has passed for certain.</param>
    public bool TrySpend(byte[]? account, byte[] source, Instant lived)
    {
        lock (_gate)
        {
            var (ofAccount, ofSource) = (KeyOf(account), $"{Source} {Convert.ToHexString(source)}");
            if (!GuessWindow.OfAccount.Allows(Of(ofAccount), lived) || !GuessWindow.OfSource.Allows(Of(ofSource), lived))
                return false;
            _wrong[ofAccount] = GuessWindow.OfAccount.Counting([.. Of(ofAccount), lived], lived);
            _wrong[ofSource] = GuessWindow.OfSource.Counting([.. Of(ofSource), lived], lived);
            return TryWrite(lived);
        }
    }

    /// <summary>Gives a guess back whose password was right: the account counts anew.</summary>
    public void GiveBack(byte[] account, byte[] source, Instant lived)
    {
        lock (_gate)
        {
            var ofSource = $"{Source} {Convert.ToHexString(source)}";
            _wrong.Remove(KeyOf(account));
            _wrong[ofSource] = [.. Of(ofSource).SkipLast(1)];
            TryWrite(lived);
        }
    }

    private static string KeyOf(byte[]? account) => account is null ? Strangers : $"{Account} {Convert.ToHexString(account)}";

    private IReadOnlyList<Instant> Of(string key) => _wrong.GetValueOrDefault(key, []);

    private bool TryWrite(Instant lived)
    {
        Forget(lived);
        try
        {
            DurableFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_wrong.ToDictionary(row => row.Key, row => row.Value.Select(time => time.ToUnixTimeMilliseconds()))));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Forget(Instant lived)
    {
        foreach (var key in _wrong.Where(row => GuessWindow.OfAccount.Counting(row.Value, lived).Count == 0).Select(row => row.Key).ToList())
            _wrong.Remove(key);
        var sources = _wrong.Where(row => row.Key.StartsWith(Source, StringComparison.Ordinal)).OrderBy(row => row.Value.Max()).Select(row => row.Key).ToList();
        foreach (var oldest in sources.Take(sources.Count - StaffLimits.SourcesMax))
            _wrong.Remove(oldest);
    }

    private static (Dictionary<string, IReadOnlyList<Instant>> Wrong, bool WasDamaged) Read(string path)
    {
        try
        {
            var rows = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, long[]>>(File.ReadAllBytes(path)) ?? [] : [];
            return (rows.ToDictionary(row => row.Key, row => (IReadOnlyList<Instant>)[.. row.Value.Select(Instant.FromUnixTimeMilliseconds)]), false);
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            return ([], true);
        }
    }
}
