using KioskLink.Sip2;
using KioskLink.Sip2.Client;

namespace KioskLink.Cli.Checkout;

/// <summary>
/// The played machine. A PIN belongs to the card that is named next, and is forgotten when another card is named or the session ends. Not thread-safe.
/// </summary>
internal sealed class Machine(Sip2ClientOptions options, Tape tape, Language language, TimeProvider clock) : IAsyncDisposable
{
    private readonly Sip2Client _client = new(options, clock);
    private Secret? _pin;
    private string? _card;

    /// <summary>Whom it speaks to.</summary>
    public string Address { get; } = $"{options.Host}:{options.Port}";

    /// <summary>What the library system said last; null before the first answer.</summary>
    public Heard? Last { get; private set; }

    /// <summary>The card of the session; null without one.</summary>
    public string? Card => _card;

    /// <summary>Whether a PIN is known for the card.</summary>
    public bool HasPinFor(string card) => _pin is not null && (_card is null || _card == card);

    /// <summary>Takes the PIN of the card that is named next, or of the one that was.</summary>
    public void Take(Secret pin)
    {
        _pin?.Dispose();
        _pin = pin;
    }

    /// <summary>Begins a session with a card and its PIN; null where none was given.</summary>
    public void Begin(string card, Secret? pin)
    {
        Forget();
        (_card, _pin) = (card, pin);
    }

    /// <summary>Does what a verb says.</summary>
    public async Task<Heard> DoAsync(Verb verb, IReadOnlyList<string> words, CancellationToken stop)
    {
        if (verb.Arguments is [Verb.Card, ..])
            TurnTo(words[0]);
        var heard = await AskAsync(verb.Name, words, stop);
        if (verb.Name == "end")
            Forget();
        return Last = heard with { Address = Address, Answer = heard.Failure == ClientFailure.None ? tape.LastAnswer : null };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Forget();
        await _client.DisposeAsync();
    }

    private Task<Heard> AskAsync(string verb, IReadOnlyList<string> words, CancellationToken stop) => verb switch
    {
        "login" => OpenAsync(stop),
        "status" => SayAsync<AcsStatusResponse>(ClientRequests.Status(), Sentences.Of, stop),
        "patron" => SayAsync<PatronInformationResponse>(_client.Requests.Patron(words[0], _pin, language), answer => Sentences.Of(answer, _pin is not null), stop),
        "item" => SayAsync<ItemInformationResponse>(_client.Requests.Item(words[0]), Sentences.Of, stop),
        "checkout" => SayAsync<CheckoutResponse>(_client.Requests.CheckOut(words[0], words[1], _pin), Sentences.Of, stop),
        "checkin" => SayAsync<CheckinResponse>(_client.Requests.CheckIn(words[0]), Sentences.Of, stop),
        "renew" => SayAsync<RenewResponse>(_client.Requests.Renew(words[0], words[1], _pin), Sentences.Of, stop),
        "end" => SayAsync<EndSessionResponse>(_client.Requests.End(words[0]), Sentences.Of, stop),
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "The machine does not know this verb."),
    };

    private async Task<Heard> OpenAsync(CancellationToken stop)
    {
        var failure = await _client.OpenAsync(stop);
        return new(failure == ClientFailure.None, options.Login is null ? "Connected, without a login." : "Logged in.", failure);
    }

    private async Task<Heard> SayAsync<T>(Request request, Func<T, (bool Yes, string Sentence)> tell, CancellationToken stop)
        where T : Response
    {
        var result = await _client.AskAsync<T>(request, stop);
        if (!result.IsAnswered)
            return new(false, "", result.Failure);
        var (yes, sentence) = tell(result.Answer);
        return new(yes, sentence, ClientFailure.None);
    }

    private void TurnTo(string card)
    {
        if (_card is not null && _card != card)
            Forget();
        _card = card;
    }

    private void Forget()
    {
        _pin?.Dispose();
        (_pin, _card) = (null, null);
    }
}
