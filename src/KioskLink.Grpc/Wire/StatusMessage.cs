using System.Text;

namespace Grpc.Wire;

/// <summary>The <c>grpc-message</c> header: UTF-8, where every byte that is not printable ASCII, and the percent sign, is <c>%XX</c>.</summary>
internal static class StatusMessage
{
    internal static string Encode(string message)
    {
        if (!message.AsSpan().ContainsAnyExceptInRange(' ', '~') && !message.Contains('%'))
            return message;
        var encoded = new StringBuilder(message.Length * 2);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            if (octet is < (byte)' ' or > (byte)'~' or (byte)'%')
                encoded.Append('%').Append(Convert.ToHexString([octet]));
            else
                encoded.Append((char)octet);
        }
        return encoded.ToString();
    }

    /// <summary>Undoes <see cref="Encode"/>; what is not a valid escape stays as it is, and a header is never refused.</summary>
    internal static string Decode(string header)
    {
        if (!header.Contains('%'))
            return header;
        var octets = new List<byte>(header.Length);
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] == '%' && i + 2 < header.Length && char.IsAsciiHexDigit(header[i + 1]) && char.IsAsciiHexDigit(header[i + 2]))
            {
                octets.Add(Convert.FromHexString(header.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                octets.AddRange(Encoding.UTF8.GetBytes([header[i]]));
            }
        }
        return Encoding.UTF8.GetString(octets.ToArray());
    }
}
