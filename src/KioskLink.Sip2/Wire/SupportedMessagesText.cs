namespace KioskLink.Sip2.Wire;

/// <summary>BX: 16 characters Y or N. Longer and shorter ones come too; what is missing is N.</summary>
internal static class SupportedMessagesText
{
    private const int Length = 16;

    public static string Write(SupportedMessages messages) => string.Create(Length, messages, static (text, messages) =>
    {
        for (var position = 0; position < text.Length; position++)
            text[position] = ((int)messages & (1 << position)) != 0 ? 'Y' : 'N';
    });

    public static SupportedMessages? Read(string? text)
    {
        if (text is null)
            return null;
        var messages = SupportedMessages.None;
        for (var position = 0; position < Math.Min(text.Length, Length); position++)
        {
            if (text[position] == 'Y')
                messages |= (SupportedMessages)(1 << position);
        }
        return messages;
    }
}
