using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Cards;

/// <summary>Judges a PIN that somebody chose, for staff and for the patron's own view. Thread-safe.</summary>
internal sealed class PinChoice(RegisterCore core)
{
    private readonly PinPolicy _policy = new(core.Profile.Pin.MinLength, core.Profile.Pin.MaxLength);

    /// <summary>Refuses a PIN that breaks the policy: INVALID_ARGUMENT names the field.</summary>
    public void Require(ReadOnlyMemory<byte> pin, LocalDate? born, string number, string field)
    {
        if (pin.IsEmpty)
        {
            throw Field.Wrong(field, "is missing: give it");
        }

        var sentence = _policy.Judge(pin.Span, born, number) switch
        {
            PinVerdict.Accepted => null,
            PinVerdict.NotDigits => "must be digits only",
            PinVerdict.WrongLength => $"must have {_policy.MinLength} to {_policy.MaxLength} digits",
            PinVerdict.TooCommon => "is one of those tried first: choose another",
            PinVerdict.BirthDate => "is the patron's date of birth: choose another",
            _ => "is the end of the card number: choose another",
        };
        if (sentence is not null)
        {
            throw Field.Wrong(field, sentence);
        }
    }
}
