using KioskLink.Rules.Cards;

namespace KioskLink.Node.Enrolment;

/// <summary>Seals card numbers for the register. One blank envelope is kept ready, so that no patron waits for its key. Thread-safe.</summary>
internal sealed class Envelopes
{
    private readonly byte[] _registerKey;
    private BlankEnvelope? _spare;

    /// <summary>Takes the register's public key, SubjectPublicKeyInfo.</summary>
    public Envelopes(byte[] registerKey)
    {
        _registerKey = registerKey;
        _spare = new BlankEnvelope(registerKey);
    }

    /// <summary>The envelope of a normalised card number.</summary>
    public byte[] Seal(string cardNumber)
    {
        var blank = Interlocked.Exchange(ref _spare, null) ?? new BlankEnvelope(_registerKey);
        var sealedNumber = blank.Seal(cardNumber);
        _ = Task.Run(MakeSpare);
        return sealedNumber;
    }

    private void MakeSpare() => Interlocked.Exchange(ref _spare, new BlankEnvelope(_registerKey));
}
