namespace KioskLink.Sip2.Client;

/// <summary>What a client does next: sends, waits on, or is done.</summary>
/// <param name="Exchange">What it remembers.</param>
/// <param name="Send">What is sent.</param>
/// <param name="Answer">The answer; the exchange is over.</param>
/// <param name="Failure">Why there is none; the exchange is over.</param>
/// <param name="Status">A status that came on the way.</param>
internal readonly record struct ClientStep(
    ClientExchange Exchange, byte[]? Send = null, Response? Answer = null, ClientFailure Failure = ClientFailure.None, AcsStatusResponse? Status = null)
{
    public bool IsOver => Answer is not null || Failure != ClientFailure.None;
}
