using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Lending;

/// <summary>
/// The id of each act of a machine, random. The same question has one id, whoever asks for it; and so has the same act that a machine tells again after it
/// had lost its connection: the same login, card, item and time by its clock, with nothing else done to that item between; of a payment, its own number in the place of that time. In memory. Thread-safe.
/// </summary>
internal sealed class ActIds(TimeProvider time)
{
    /// <summary>How long an act that is told again is the same act.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    /// <summary>Items and patrons whose last act is remembered; beyond it the oldest are forgotten.</summary>
    public const int Limit = 8192;

    // A digest under a key of this process: a card number is short enough to be guessed from a plain one.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<Question, string> _known = [];
    private readonly Dictionary<string, (string Act, string Id, long At)> _last = new(StringComparer.Ordinal);
    private readonly Queue<(string Subject, string Id)> _oldest = new();

    /// <summary>Those that are being done.</summary>
    public ActsUnderWay UnderWay { get; } = new();

    /// <summary>Acts that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _last.Count;
        }
    }

    /// <summary>A random id, 32 hexadecimal digits.</summary>
    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The id of an act.</summary>
    public string Of(Question question)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(question, out var known))
                return known;
            var id = IsTold(question) ? Remembered(question) : Random();
            _known.Add(question, id);
            return id;
        }
    }

    /// <summary>Gives a question, and every repeat of it, another id: the register has answered the one before, and nothing was done.</summary>
    public void Renew(Question question)
    {
        lock (_gate)
        {
            // A question that does nothing has no id.
            if (!_known.TryGetValue(question, out var answered))
                return;
            var (id, subject) = (Random(), SubjectOf(question));
            if (_last.TryGetValue(subject, out var last) && last.Id == answered)
                Remember(subject, last.Act, id, last.At);
            _known.AddOrUpdate(question, id);
        }
    }

    /// <summary>Gives a question another id, and every repeat of it as well: the act by the id before is withdrawn.</summary>
    public void Withdraw(Question question)
    {
        lock (_gate)
        {
            var subject = SubjectOf(question);
            if (_known.TryGetValue(question, out var withdrawn) && _last.TryGetValue(subject, out var last) && last.Id == withdrawn)
                _last.Remove(subject);
            _known.AddOrUpdate(question, Random());
        }
    }

    // Without a time and a number of its own, a second payment of the same sum may well be a second payment.
    private static bool IsTold(Question question) => question.DeviceTime is not null || question is FeeQuestion { TransactionId: not null };

    private string Remembered(Question question)
    {
        var (_, act, pin) = Describe(question);
        var subjectKey = SubjectOf(question);
        // A payment's own number says more than the time by the machine's clock at which it is told again.
        var told = question is FeeQuestion { TransactionId: not null } ? null : question.DeviceTime?.UtcTicks;
        var actKey = Digest($"{told}|{question.GetType().Name}|{act}", pin);
        if (_last.TryGetValue(subjectKey, out var last) && last.Act == actKey && time.GetElapsedTime(last.At) <= Window)
            return last.Id;
        return Remember(subjectKey, actKey, Random(), time.GetTimestamp());
    }

    private string Remember(string subject, string act, string id, long at)
    {
        _last[subject] = (act, id, at);
        _oldest.Enqueue((subject, id));
        if (_oldest.Count > Limit && _oldest.TryDequeue(out var oldest) && _last.TryGetValue(oldest.Subject, out var standing) && standing.Id == oldest.Id)
            _last.Remove(oldest.Subject);
        return id;
    }

    private string SubjectOf(Question question) => Digest($"{question.Asker.Login}|{Describe(question).Subject}", default);

    private static (string Subject, string Act, PinClaim Pin) Describe(Question question) => question switch
    {
        CheckoutQuestion asked => ($"item|{asked.Item}", $"{asked.Card}|{asked.NoBlock}|{asked.FeeAcknowledged}|{asked.Cancels}|{asked.MayRenew}", asked.Pin),
        CheckinQuestion asked => ($"item|{asked.Item}", $"{asked.NoBlock}|{asked.Cancels}", default),
        RenewQuestion asked => ($"item|{asked.Item}|{asked.Title}", $"{asked.Card}|{asked.NoBlock}|{asked.FeeAcknowledged}", asked.Pin),
        RenewAllQuestion asked => ($"loans|{asked.Card}", $"{asked.FeeAcknowledged}", asked.Pin),
        HoldQuestion asked => ($"hold|{asked.Card}|{asked.Item}|{asked.Title}", $"{asked.Mode}|{asked.PickupLocation}|{asked.ExpiresAt?.UtcTicks}|{asked.FeeAcknowledged}", asked.Pin),
        FeeQuestion asked => ($"fee|{asked.Card}|{asked.FeeId}", string.Create(CultureInfo.InvariantCulture, $"{asked.TransactionId}|{asked.Amount}|{asked.Currency}"), asked.Pin),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question.GetType().Name, "This question does nothing."),
    };

    // A PIN belongs to the act: the right one after a wrong one is another try.
    private string Digest(string text, PinClaim pin)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(Encoding.UTF8.GetBytes(text));
        hmac.AppendData(pin.Typed is { } typed ? typed.Utf8 : default);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
